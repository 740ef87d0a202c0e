import { addMessages } from '../../i18n/index.js';
import battle from '../../i18n/zh-CN/battle.js';

/** The texts of games come with the first of their pages. */
addMessages({ battle });
