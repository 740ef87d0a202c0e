/**
 * Class fields without a value make no property, as tsconfig and jest have it: otherwise an absent field of a request would
 * overwrite a default with undefined.
 */
const withAssignedFields = (rule) => ({
  ...rule,
  use: rule.use?.map((use) =>
    use.loader === 'builtin:swc-loader'
      ? {
          ...use,
          options: {
            ...use.options,
            jsc: {
              ...use.options.jsc,
              target: 'es2023',
              transform: { ...use.options.jsc.transform, useDefineForClassFields: false },
            },
          },
        }
      : use,
  ),
});

/** Nest's bundle of one app, with its lazy chunks beside it. Modules of npm stay outside. */
export default (options) => ({
  ...options,
  devtool: 'source-map',
  module: { ...options.module, rules: options.module.rules.map(withAssignedFields) },
  output: {
    ...options.output,
    chunkFilename: options.output.filename.replace(/main\.js$/, 'chunk-[name].js'),
  },
  externals: [
    ...options.externals,
    // Nest's own list knows built-in modules by their bare names only; node:sqlite has none.
    ({ request }, callback) => (request?.startsWith('node:') ? callback(null, `module ${request}`) : callback()),
  ],
  // rspack reads the path aliases itself; the plugin that Nest adds for them needs `baseUrl`, which TypeScript 6 gave up.
  resolve: { ...options.resolve, plugins: [] },
});
