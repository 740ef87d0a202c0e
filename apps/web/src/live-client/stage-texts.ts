import { addMessages } from '../i18n/index.js';
import stage from '../i18n/zh-CN/stage.js';

/** The texts of the stage come with the first of its pages. */
addMessages({ stage });
