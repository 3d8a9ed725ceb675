export default definePageConfig({ navigationBarTitleText: '名额规则' })
