export default definePageConfig({ navigationBarTitleText: '乐龄风采' })
