// What is wrong with a page, one sentence each: labels, identifiers, headings, contrast, targets, width.
() => {
  const wrong = new Set();
  const visible = (element) => element.checkVisibility({ visibilityProperty: true }) && !element.closest(".hidden, .skip");
  const named = (element) => `${element.tagName.toLowerCase()}.${element.className} ${element.textContent.trim().slice(0, 30)}`;
  const all = (selector) => [...document.querySelectorAll(selector)].filter(visible);

  if (!document.documentElement.lang) wrong.add("no language");
  if (!document.title.split("·")[0].trim()) wrong.add("no title");
  if (all("main").length !== 1) wrong.add("not one main part");
  if (all("h1").length !== 1) wrong.add("not one first heading");
  let level = 0;
  for (const heading of document.querySelectorAll("h1, h2, h3, h4")) {
    const next = Number(heading.tagName[1]);
    if (next > level + 1) wrong.add(`heading of level ${next} below ${level}`);
    level = next;
  }

  const identifiers = [...document.querySelectorAll("[id]")].map((element) => element.id);
  for (const id of identifiers) if (identifiers.indexOf(id) !== identifiers.lastIndexOf(id)) wrong.add(`two are ${id}`);
  for (const input of all("input, select, textarea")) {
    if (!input.labels.length && !input.ariaLabel) wrong.add(`no label: ${input.name}`);
    for (const id of (input.getAttribute("aria-describedby") ?? "").split(" ")) {
      if (id && !document.getElementById(id)) wrong.add(`${input.name} is described by nothing: ${id}`);
    }
  }
  for (const element of all("a, button, summary")) {
    if (!element.textContent.trim() && !element.ariaLabel) wrong.add(`no name: ${element.outerHTML.slice(0, 60)}`);
    const box = element.getBoundingClientRect();
    const inText = getComputedStyle(element).display === "inline"; // WCAG 2.5.8 leaves links in sentences out
    if (!inText && (box.width < 24 || box.height < 23.9)) wrong.add(`too small to hit: ${named(element)}`);
  }
  for (const image of all("img")) if (!image.hasAttribute("alt")) wrong.add(`no alternative: ${image.src}`);
  if (document.querySelector("[style]:not([style='']), script:not([src])")) wrong.add("a style or script within the page");

  const brush = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const channels = (colour) => {
    brush.clearRect(0, 0, 1, 1);
    brush.fillStyle = colour;
    brush.fillRect(0, 0, 1, 1);
    return [...brush.getImageData(0, 0, 1, 1).data];
  };
  const luminance = (colour) => {
    const [red, green, blue] = channels(colour).map((value) => {
      const part = value / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const ground = (element) => {
    for (let outer = element; outer; outer = outer.parentElement) {
      const colour = getComputedStyle(outer).backgroundColor;
      if (channels(colour)[3] === 255) return colour;
    }
    return "#fff";
  };
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const element = texts.currentNode.parentElement;
    if (!texts.currentNode.textContent.trim() || !visible(element) || element.closest("option, script")) continue;
    const style = getComputedStyle(element);
    const [lighter, darker] = [luminance(style.color), luminance(ground(element))].sort((a, b) => b - a);
    const ratio = (lighter + 0.05) / (darker + 0.05);
    const large = parseFloat(style.fontSize) >= 24;
    if (ratio < (large ? 3 : 4.5) - 0.01) wrong.add(`contrast ${ratio.toFixed(2)}: ${named(element)}`);
  }

  if (document.documentElement.scrollWidth > innerWidth) wrong.add(`${document.documentElement.scrollWidth} pixels wide`);
  return [...wrong];
}
