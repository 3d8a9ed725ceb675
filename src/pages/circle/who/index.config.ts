export default definePageConfig({ navigationBarTitleText: '一键找人' })
