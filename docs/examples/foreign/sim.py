# Model SIM, Godley and Lavoie (2007), chapter 3: the textbook equations as pysolve strings.
from pysolve.model import Model


def create():
    model = Model()
    model.var("Y", desc="National income")
    model.var("H_h", desc="Money held", default=80)
    model.var("H_s", desc="Money issued", default=80)
    model.param("alpha1", default=0.6)
    model.param("alpha2", default=0.4)
    model.param("theta", default=0.2)
    model.add("Y = C_d + G_d")
    model.add("YD = Y - T")
    model.add("T = theta * Y")
    model.add("C_d = alpha1 * YD + alpha2 * H_h(-1)")
    model.add("d(H_s) = G_d - T")
    model.add("H_h - H_h(-1) = YD - C_d")
    return model


sim = create()
sim.set_values({"G_d": 20})
