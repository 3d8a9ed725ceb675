// Taro's preset decides what each target needs. Pages are served built, by the emulator: nothing is there to swap modules.
// For H5 the minifier brings the syntax down to what old browsers read (config/prod.ts), once for all files instead of file by file.
const forH5 = process.env.TARO_ENV === 'h5' ? { targets: { chrome: '110' }, ignoreBrowserslistConfig: true } : {}
module.exports = { presets: [['taro', { framework: 'react', ts: true, compiler: 'webpack5', hot: false, ...forH5 }]] }
