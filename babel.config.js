// Taro's preset decides what each target needs. Pages are served built, by the emulator: nothing is there to swap modules.
module.exports = { presets: [['taro', { framework: 'react', ts: true, compiler: 'webpack5', hot: false }]] }
