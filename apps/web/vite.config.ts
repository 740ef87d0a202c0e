import { fileURLToPath } from 'node:url';
import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vite';
import { VitePWA } from 'vite-plugin-pwa';
import { tokens } from './src/design/tokens.js';
import { designTokens } from './vite/design-tokens.js';
import { firstLoadBudget } from './vite/first-load-budget.js';
import { vantWithoutFont } from './vite/vant-without-font.js';

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const api = process.env.XUEKAO_API ?? 'http://localhost:3000';

/** Chunks that only the console, the big screen or a contest loads; the member's first page and its offline copy do without. */
const onDemand = ['**/element-*', '**/echarts-*', '**/socket-*', '**/console-*', '**/live-*', '**/qr-*'];
const consoleArea = /apps\/web\/src\/(?:console\/([a-z]+)\/|i18n\/zh-CN\/desk)/;

export default defineConfig({
  root: import.meta.dirname,
  base: '/',
  cacheDir: at('../../.cache/vite'),
  resolve: {
    alias: {
      '@xuekao/contracts': at('../../libs/contracts/src/index.ts'),
      '@xuekao/live/core': at('../../libs/live/src/core/index.ts'),
      '@xuekao/kernel': at('../../libs/kernel/src/index.ts'),
    },
  },
  define: { __VUE_I18N_LEGACY_API__: false, __INTLIFY_PROD_DEVTOOLS__: false },
  plugins: [
    designTokens(),
    vantWithoutFont(),
    vue(),
    firstLoadBudget({
      pages: [/MemberShell\.vue$/, /HomePage\.vue$/],
      limitBytes: 250 * 1024,
      never: /element-plus|echarts|zrender|socket\.io|src\/console\/(?!menu|routes)/,
    }),
    VitePWA({
      registerType: 'prompt',
      injectRegister: false,
      includeAssets: ['icon.svg'],
      manifest: {
        name: '学考',
        short_name: '学考',
        description: '学习教育与考学平台',
        lang: 'zh-CN',
        start_url: '/',
        display: 'standalone',
        background_color: tokens.color.paper,
        theme_color: tokens.color.red,
        icons: [
          { src: '/icon-192.png', sizes: '192x192', type: 'image/png' },
          { src: '/icon-512.png', sizes: '512x512', type: 'image/png', purpose: 'any maskable' },
        ],
      },
      workbox: {
        globPatterns: ['**/*.{js,css,html}'],
        globIgnores: onDemand,
        navigateFallback: '/index.html',
        navigateFallbackDenylist: [/^\/api\//, /^\/socket\.io\//, /^\/metrics/],
        runtimeCaching: [
          { urlPattern: /\/assets\/.*\.(?:js|css)$/, handler: 'CacheFirst', options: { cacheName: 'on-demand' } },
        ],
      },
    }),
  ],
  server: { proxy: { '/api': api, '/socket.io': { target: api, ws: true } } },
  build: {
    outDir: at('../../dist/apps/web'),
    emptyOutDir: true,
    // WebViews of 企业微信 and the Chromium-based browsers of 统信 and 麒麟 lag by years.
    target: ['chrome93', 'safari15.4', 'firefox93'],
    chunkSizeWarningLimit: 900,
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            {
              name: 'framework',
              test: /node_modules\/(vue|@vue|vue-router|pinia|vue-i18n|@intlify)\//,
              priority: 30,
            },
            {
              // A group takes along what its modules import: what the first page shares with the console must be taken first.
              name: 'shared',
              test: /apps\/web\/src\/(shared|api|app|format|i18n\/(?!zh-CN\/desk)|auth\/.*\.ts|console\/(menu|routes)\.ts)|libs\/(kernel|contracts)\/|^\0plugin-vue/,
              priority: 25,
            },
            { name: 'qr', test: /live-client\/QrCode|node_modules\/(qrcode|dijkstrajs)\//, priority: 24 },
            // Phones and screens share it with the console, and must not load the console for it.
            { name: 'live', test: /apps\/web\/src\/live-client\/|libs\/live\/src\/core\//, priority: 22 },
            {
              name: (id: string) => `console-${consoleArea.exec(id)?.[1] ?? 'parts'}`,
              debugName: 'console',
              test: consoleArea,
              priority: 15,
            },
            { name: 'echarts', test: /node_modules\/(echarts|zrender)\//, priority: 20 },
            { name: 'element', test: /node_modules\/(element-plus|@element-plus)\//, priority: 20 },
            { name: 'socket', test: /node_modules\/(socket\.io|engine\.io|@socket\.io)/, priority: 20 },
          ],
        },
      },
    },
  },
});
