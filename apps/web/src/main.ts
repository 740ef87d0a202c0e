import 'virtual:design-tokens.css';
import './design/base.css';
import './app/appearance.js';
import { createPinia } from 'pinia';
import { createApp } from 'vue';
import App from './App.vue';
import { i18n } from './i18n/index.js';
import { router } from './app/router.js';

createApp(App).use(createPinia()).use(i18n).use(router).mount('#app');
