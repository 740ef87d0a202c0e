import 'reflect-metadata';
import { writeFileSync } from 'node:fs';
import { readConfig } from '../../../apps/server-modules/src/index.js';
import { seedExamHall } from '../../harness/exam-hall.js';

const [people = '0', running = '0', out = ''] = process.argv.slice(2);
writeFileSync(out, JSON.stringify(await seedExamHall(readConfig(), Number(people), Number(running))));
