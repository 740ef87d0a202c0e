import 'reflect-metadata';
import { commands, usage } from './commands.js';
import { stopWithSentence } from '../../server-modules/src/index.js';

const [name, ...args] = process.argv.slice(2);
const command = commands.find((each) => each.name === name);
if (!command) {
  process.stdout.write(usage());
  process.exit(name === undefined || name === 'help' ? 0 : 2);
}
try {
  process.exitCode = await command.run(args);
} catch (error) {
  stopWithSentence(error);
}
