// A long list of which only what can be seen is there. Rows may have any height; they are measured once they are shown.

const OVERSCAN = 600;  // pixels above and below what is seen, so that scrolling shows no gaps
const AT_END = 48;     // pixels from the end that still count as being there
const ROUNDS = 5;      // of measuring, until heights hold still

/**
 * scroller  what scrolls
 * list      an <ol> inside it, which gets the rows
 * key       item -> what it is known by
 * render    (item, the one before) -> its <li>; called again when the item is another object
 * estimate  a row's height before it is known
 * near_start  called when the first rows come into view
 */
export class VirtualList {
    #scroller;
    #list;
    #how;
    #items = [];
    #tops = [0];         // of each item; one more: where the list ends
    #heights = new Map();
    #rows = new Map();   // by key: {item, before, element}
    #at_end = true;
    #width = 0;
    #resized = new ResizeObserver(() => this.#take_size());

    constructor(scroller, list, how) {
        this.#scroller = scroller;
        this.#list = list;
        this.#how = how;
        scroller.addEventListener("scroll", () => this.#scrolled(), {passive: true});
        this.#resized.observe(scroller);
    }

    get at_end() {
        return this.#at_end;
    }

    /** Shows these; the reader stays where he is, or at the end if he was there. */
    set(items) {
        const anchor = this.#anchor();
        this.#items = items;
        this.#lay_out();
        this.#settle(anchor);
    }

    /** Other items altogether, from their end. */
    start(items) {
        this.#heights.clear();
        this.#drop_rows(() => true);
        this.#at_end = true;
        this.set(items);
    }

    to_end() {
        this.#at_end = true;
        this.#settle(null);
    }

    #height_of(item) {
        return this.#heights.get(this.#how.key(item)) ?? this.#how.estimate;
    }

    #lay_out() {
        this.#tops = [0];
        for (const item of this.#items)
            this.#tops.push(this.#tops.at(-1) + this.#height_of(item));
        this.#list.style.height = `${this.#tops.at(-1)}px`;
    }

    // The first row that is seen, and how far it is scrolled: what must not move.
    #anchor() {
        if (this.#at_end || !this.#items.length)
            return null;
        const place = this.#index_at(this.#scroller.scrollTop);
        return {key: this.#how.key(this.#items[place]), offset: this.#scroller.scrollTop - this.#tops[place]};
    }

    #hold(anchor) {
        if (this.#at_end) {
            this.#scroller.scrollTop = this.#tops.at(-1);
            return;
        }
        const place = anchor ? this.#items.findIndex((item) => this.#how.key(item) === anchor.key) : -1;
        if (place >= 0)
            this.#scroller.scrollTop = this.#tops[place] + anchor.offset;
    }

    #settle(anchor) {
        for (let round = 0; round < ROUNDS; ++round) {
            this.#hold(anchor);
            this.#draw();
            if (!this.#measure())
                break;
            this.#lay_out();
        }
        this.#hold(anchor);
        this.#draw();
    }

    #scrolled() {
        const {scrollTop, clientHeight, scrollHeight} = this.#scroller;
        this.#at_end = scrollHeight - scrollTop - clientHeight <= AT_END;
        this.#draw();
        if (this.#measure()) {
            const anchor = this.#anchor();
            this.#lay_out();
            this.#settle(anchor);
        }
        if (this.#items.length && this.#index_at(scrollTop) < 10)
            this.#how.near_start();
        this.#how.scrolled?.();
    }

    #take_size() {
        if (this.#scroller.clientWidth !== this.#width) {
            this.#width = this.#scroller.clientWidth;
            this.#heights.clear();  // another width, other lines
        }
        const anchor = this.#anchor();
        this.#measure();
        this.#lay_out();
        this.#settle(anchor);
    }

    // The last item that begins at or above that height.
    #index_at(top) {
        let low = 0;
        let high = this.#items.length - 1;
        while (low < high) {
            const middle = Math.ceil((low + high) / 2);
            if (this.#tops[middle] <= top)
                low = middle;
            else
                high = middle - 1;
        }
        return Math.max(0, low);
    }

    #draw() {
        if (!this.#items.length)
            return this.#drop_rows(() => true);
        const {scrollTop, clientHeight} = this.#scroller;
        const first = this.#index_at(scrollTop - OVERSCAN);
        const last = this.#index_at(scrollTop + clientHeight + OVERSCAN);
        const rows = [];
        for (let place = first; place <= last; ++place) {
            const row = this.#row(place);
            row.style.top = `${this.#tops[place]}px`;
            rows.push(row);
        }
        const seen = new Set(rows);
        this.#drop_rows((element) => !seen.has(element));
        // In their order, which is that of reading, and without moving one that stands right.
        let next = this.#list.firstChild;
        for (const row of rows) {
            if (row === next)
                next = next.nextSibling;
            else
                this.#list.insertBefore(row, next);
        }
    }

    #row(place) {
        const item = this.#items[place];
        const before = this.#items[place - 1] ?? null;
        const key = this.#how.key(item);
        const known = this.#rows.get(key);
        if (known?.item === item && known.before === before)
            return known.element;
        const element = this.#how.render(item, before);
        if (known)
            this.#replace(known.element, element);
        this.#rows.set(key, {item, before, element});
        this.#resized.observe(element);
        return element;
    }

    #replace(old, element) {
        this.#resized.unobserve(old);
        old.replaceWith(element);
    }

    #drop_rows(which) {
        for (const [key, {element}] of this.#rows) {
            if (!which(element))
                continue;
            this.#resized.unobserve(element);
            element.remove();
            this.#rows.delete(key);
        }
    }

    // Gives whether some height is not what it was taken for.
    #measure() {
        let differs = false;
        for (const [key, {element}] of this.#rows) {
            const height = element.getBoundingClientRect().height;
            if (height > 0 && Math.abs((this.#heights.get(key) ?? this.#how.estimate) - height) > 0.5)
                differs = true;
            if (height > 0)
                this.#heights.set(key, height);
        }
        return differs;
    }
}
