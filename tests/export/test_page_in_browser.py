"""Looks at the HTML page in a real browser: it fits a telephone, follows the colours, asks no other host."""

from __future__ import annotations

import os

import pytest

from creditor.export.html import to_html
from creditor.verbs.burden import burden
from creditor.verbs.compare_holders import compare_holders
from creditor.verbs.runs import model_run
from creditor.verbs.show import model_show
from creditor.verbs.statement import statement
from creditor.verbs.who import who
from creditor.verbs.world import world

CHROMIUM = os.environ.get("CREDITOR_CHROMIUM", "")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
]
FLAGS += ["--disable-component-update", "--disable-sync"]
OVERLAPS = """() => {
  const boxes = [...document.querySelectorAll('svg text')].filter(t => t.getClientRects().length)
    .map(t => t.getBoundingClientRect()).filter(b => b.width > 0);
  const meet = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1.5
    && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 3;
  return boxes.flatMap((a, i) => boxes.slice(i + 1).filter(b => meet(a, b))).length;
}"""
OUTSIDE = """() => [...document.querySelectorAll('svg')].filter(s => s.getClientRects().length).flatMap(s => {
  const frame = s.getBoundingClientRect();
  return [...s.querySelectorAll('text')].filter(t => {
    const b = t.getBoundingClientRect();
    return b.width > 0 && (b.left < frame.left - 1 || b.right > frame.right + 1
      || b.top < frame.top - 1 || b.bottom > frame.bottom + 1);
  }).map(t => t.textContent);
})"""
UNNAMED = """() => [...document.querySelectorAll('svg')].filter(s => s.getAttribute('role') !== 'img'
  || !(s.getAttribute('aria-label') || s.getAttribute('aria-labelledby') || s.querySelector('title'))).length"""
SKIPPED = """() => [...document.querySelectorAll('h1,h2,h3,h4')].map(h => +h.tagName[1])
  .filter((level, i, all) => level > (i ? all[i - 1] : 0) + 1).length"""
FAINT = """() => {
  const channel = x => (x /= 255) <= 0.03928 ? x / 12.92 : ((x + 0.055) / 1.055) ** 2.4;
  const light = c => 0.2126 * channel(c[0]) + 0.7152 * channel(c[1]) + 0.0722 * channel(c[2]);
  const parse = text => text.match(/[\\d.]+/g).map(Number);
  const ground = light(parse(getComputedStyle(document.body).backgroundColor));
  const ratio = e => {
    const ink = light(parse(getComputedStyle(e).color));
    return (Math.max(ink, ground) + 0.05) / (Math.min(ink, ground) + 0.05);
  };
  return [...document.querySelectorAll('h1,h2,h3,p,th,td,li,figcaption,a,caption,code')]
    .filter(e => e.getClientRects().length && ratio(e) < 4.5).map(e => e.textContent).slice(0, 5);
}"""
KINDS = {  # a page for each kind of figure: whiskers, multiples, flows of the world, stages, a tree, lines
    "whiskers": lambda: statement("USA", person="teacher_california"),
    "sides": lambda: who("USA", borne_by=True, by="wealth"),
    "multiples": lambda: compare_holders(definition="newest"),
    "ranking": burden,
    "world": world,
    "poorest": lambda: who("XLI", net=True),
    "unknown": lambda: who("SAU"),
    "stages": lambda: model_show("growth", blocks=True),
    "tree": lambda: model_show("country", tree="debt"),
    "lines": lambda: model_run("us_debt", periods=20, economies=["USA"]),
}


@pytest.fixture(scope="module")
def page_file(tmp_path_factory):
    path = tmp_path_factory.mktemp("page") / "who.html"
    path.write_text(to_html(who("USA", through=True)), "utf-8")
    return path


@pytest.fixture(scope="module")
def browser():
    if not CHROMIUM:
        if os.environ.get("CI") == "true":
            pytest.fail("CREDITOR_CHROMIUM is not set; scripts/chromium.sh finds or installs a browser")
        pytest.skip("no Chromium; scripts/chromium.sh says how to get one")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as session:
        started = session.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield started
        started.close()


@pytest.mark.parametrize("width", [360, 390, 1400])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_fits_and_follows_the_reader(browser, page_file, width, scheme):
    page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
    asked, said = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.goto(page_file.as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate(OVERLAPS) == 0
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    channels = [int(part) for part in ground.strip("rgba()").split(",")[:3]]
    assert (sum(channels) < 200) == (scheme == "dark"), ground
    assert asked == [page_file.as_uri()] and said == []
    page.close()


def test_every_number_leads_to_its_source(browser, page_file):
    page = browser.new_page(viewport={"width": 1400, "height": 900})
    page.goto(page_file.as_uri())
    links = page.locator("a[href^='#']")
    targets = {links.nth(place).get_attribute("href") for place in range(links.count())}
    assert all(page.locator(target).count() == 1 for target in targets)
    assert len(targets) > 10 and page.locator("ol.sources li").count() > 10
    page.close()


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    folder = tmp_path_factory.mktemp("kinds")
    return lambda kind: _written(folder / f"{kind}.html", kind)


def _written(path, kind):
    if not path.exists():
        path.write_text(to_html(KINDS[kind]()), "utf-8")
    return path


@pytest.mark.parametrize("width", [390, 1400])
@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_figure_fits_and_can_be_read(browser, pages, kind, width):
    page = browser.new_page(viewport={"width": width, "height": 900})
    page.goto(pages(kind).as_uri())
    assert page.locator("svg").count() >= 2
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate(OVERLAPS) == 0
    assert page.evaluate(OUTSIDE) == []
    assert page.evaluate(UNNAMED) == 0 and page.evaluate(SKIPPED) == 0
    assert page.evaluate(FAINT) == []
    page.emulate_media(color_scheme="dark")
    assert page.evaluate(FAINT) == []
    page.close()
