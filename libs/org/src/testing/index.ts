export * from './org.builders.js';
