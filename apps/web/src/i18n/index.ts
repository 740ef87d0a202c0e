import { createI18n } from 'vue-i18n';
import zhCN from './zh-CN/index.js';

export type Messages = typeof zhCN;

export const i18n = createI18n<[Messages], 'zh-CN', false>({
  legacy: false,
  locale: 'zh-CN',
  fallbackLocale: 'zh-CN',
  messages: { 'zh-CN': zhCN },
});

/** Adds the messages of a surface that loads on demand, such as the console. */
export function addMessages(messages: object): void {
  i18n.global.mergeLocaleMessage('zh-CN', messages);
}
