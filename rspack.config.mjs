/** Nest's bundle of one app, with its lazy chunks beside it. Modules of npm stay outside. */
export default (options) => ({
  ...options,
  devtool: 'source-map',
  output: {
    ...options.output,
    chunkFilename: options.output.filename.replace(/main\.js$/, 'chunk-[name].js'),
  },
  // Nest's own list knows built-in modules by their bare names only; node:sqlite has none.
  externals: [
    ...options.externals,
    ({ request }, callback) => (request?.startsWith('node:') ? callback(null, `module ${request}`) : callback()),
  ],
  // The path aliases of tsconfig; the plugin that Nest adds for them needs `baseUrl`, which TypeScript 6 gave up.
  resolve: { ...options.resolve, plugins: [] },
});
