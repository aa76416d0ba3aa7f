"""Looks at the HTML page in a real browser: it fits a telephone, follows the colours, asks no other host."""

from __future__ import annotations

import os

import pytest

from creditor.export.html import to_html
from creditor.verbs.who import who

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
