// Cuts what does not fit on each page, then tells where every labelled part stands.
(() => {
  const overflows = (flow) => flow.scrollHeight > flow.clientHeight + 1 || flow.scrollWidth > flow.clientWidth + 1;
  const trimmed = (p) => {
    const nodes = [...p.childNodes].filter((node) => node.nodeType === 3 && node.data.trim().length > 20);
    const node = nodes[nodes.length - 1];
    if (!node) return false;
    while (node.nextSibling) node.nextSibling.remove();
    node.data = node.data.slice(0, Math.floor(node.data.length * 0.72)).replace(/\s\S*$/, '');
    return true;
  };
  for (const page of document.querySelectorAll('.page')) {
    for (const lane of page.querySelectorAll('.lane')) {
      const foot = lane.querySelector('.foot');
      const flow = lane.querySelector('.flow');
      if (foot.offsetHeight) flow.style.bottom = parseFloat(flow.style.bottom) + foot.offsetHeight + 6 + 'px';
    }
    for (const flow of page.querySelectorAll('.flow')) {
      const parts = [...flow.children];
      const show = (count) => parts.forEach((part, at) => { part.style.display = at < count ? '' : 'none'; });
      let fits = 0;
      for (let most = parts.length, least = 0; least <= most;) {
        const middle = (least + most) >> 1;
        show(middle);
        if (overflows(flow)) most = middle - 1;
        else { fits = middle; least = middle + 1; }
      }
      const next = parts[fits];
      show(fits + 1);
      let isWhole = true;
      if (next && next.matches('p[data-r]')) {
        for (let tries = 0; tries < 8 && overflows(flow); tries += 1) if (!trimmed(next)) break;
      }
      if (overflows(flow)) isWhole = false;
      parts.slice(isWhole ? fits + 1 : fits).forEach((part) => part.remove());
      let end = flow.lastElementChild;
      while (end && end.matches('.h')) { const gone = end; end = end.previousElementSibling; gone.remove(); }
    }
  }
  const lines = (element) => {
    const range = document.createRange();
    range.selectNodeContents(element);
    return [...range.getClientRects()];
  };
  return JSON.stringify([...document.querySelectorAll('.page')].map((page) => {
    const origin = page.getBoundingClientRect();
    const parts = [...page.querySelectorAll('[data-r]')].map((element) => ({
      role: element.dataset.r,
      area: !!element.dataset.box,
      boxes: (element.dataset.box ? [element.getBoundingClientRect()] : lines(element))
        .filter((rect) => rect.width > 0.5 && rect.height > 0.5)
        .map((rect) => [rect.left - origin.left, rect.top - origin.top, rect.right - origin.left, rect.bottom - origin.top]
          .map((edge, at) => Math.round(1e5 * edge / (at % 2 ? origin.height : origin.width)) / 1e5)),
    }));
    return { parts: parts.filter((part) => part.boxes.length) };
  }));
})()
