export default definePageConfig({ navigationBarTitleText: '床位' })
