import auth from './auth.js';
import common from './common.js';
import consoleTexts from './console.js';
import exam from './exam.js';
import handbook from './handbook.js';
import home from './home.js';
import live from './live.js';
import me from './me.js';
import screen from './screen.js';
import session from './session.js';

export default { auth, common, console: consoleTexts, exam, handbook, home, live, me, screen, session };
