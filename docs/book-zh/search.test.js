// Searches the built book as its page does: node search.test.js FOLDER.
'use strict';
const fs = require('fs');
const path = require('path');
const vm = require('vm');

const folder = process.argv[2];
globalThis.window = globalThis;
window.search = {};
for (const name of ['elasticlunr', 'search-', 'searchindex']) {
    const file = fs.readdirSync(folder).find(file => file.startsWith(name) && file.endsWith('.js'));
    vm.runInThisContext(fs.readFileSync(path.join(folder, file), 'utf8'));
}
const index = elasticlunr.Index.load(window.search.index);
for (const [query, page] of [['重试', 'resilience'], ['日志 滚动', 'recipes'], ['代理 密码', 'recipes'], ['HttpOptions', 'options'],
    ['分页 总数', 'lists-and-waits'], ['容错读取', 'responses'], ['描述文件', 'models'], ['元数据服务 停滞', 'faults']]) {
    const found = index.search(query, window.search.search_options).map(result => window.search.doc_urls[result.ref]);
    if (!found.slice(0, 3).some(url => url.startsWith(page))) {
        console.error(`${query}: ${page} is not among the first three: ${found.slice(0, 3)}`);
        process.exitCode = 1;
    }
}
