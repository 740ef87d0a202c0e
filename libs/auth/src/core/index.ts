export * from './device-label.js';
export * from './login-name.js';
export * from './password-policy.js';
export * from './session.js';
export * from './sign-in.js';
