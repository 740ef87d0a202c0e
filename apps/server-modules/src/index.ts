export { createHttpApp } from './boot.js';
export * from './modules.js';
export { openApiOf, serveOpenApi } from './openapi.js';
export { serveWeb } from './web-files.js';
export { readConfig, stopWithSentence } from './start.js';
export { loadDemoOnFirstStart } from './demo/load-demo.js';
export { importShippedContent } from './shipped-content.js';
