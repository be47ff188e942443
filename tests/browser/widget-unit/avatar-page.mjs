// As much of a document as a picture needs: nodes with attributes, and how often one was written.

class FakeNode {
  /** @param {string} name @param {{writes: number}} page */
  constructor(name, page) {
    this.name = name;
    this.page = page;
    this.attributes = new Map();
    this.children = [];
    this.style = {};
    this.removed = false;
  }
  getAttribute(name) {
    return this.attributes.get(name) ?? null;
  }
  setAttribute(name, value) {
    this.page.writes++;
    this.attributes.set(name, value);
  }
  append(...children) {
    this.children.push(...children);
  }
  remove() {
    this.removed = true;
  }
}

export function createPage() {
  const page = {
    writes: 0,
    createElementNS: (_space, name) => new FakeNode(name, page),
    /** A node and everything below it. */
    all: (node) => [node, ...node.children.flatMap(page.all)],
  };
  return page;
}
