"""The ground floor: the words of the field and the shapes that pass between rooms."""
