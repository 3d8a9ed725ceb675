export default definePageConfig({ navigationBarTitleText: '冲正' })
