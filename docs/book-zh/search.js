// Search for Chinese words. The search of mdBook splits text at spaces and drops all characters that are not ASCII from a query.
// A query with other characters is therefore searched as parts of the text. Pages that have more of its words come first.
(() => {
    'use strict';
    const load = elasticlunr.Index.load;

    function count(text, word) {
        return (text || '').toLowerCase().split(word).length - 1;
    }

    function score(page, words) {
        const found = words.map(word => 8 * count(page.title, word) + 2 * count(page.breadcrumbs, word) + count(page.body, word));
        return found.reduce((sum, times) => sum + (times > 0 ? 1000 : 0) + Math.min(times, 999 / words.length), 0);
    }

    elasticlunr.Index.load = function (config) {
        const index = load.call(this, config);
        const search = index.search.bind(index);
        const pages = config.documentStore.docs;
        index.search = (query, options) => {
            if (!/[^\u0000-\u007f]/.test(query)) {
                return search(query, options);
            }
            const words = query.toLowerCase().split(/\s+/).filter(Boolean);
            return Object.keys(pages)
                .map(ref => ({ ref, doc: pages[ref], score: score(pages[ref], words) }))
                .filter(found => found.score > 0)
                .sort((a, b) => b.score - a.score);
        };
        return index;
    };
})();
