export default definePageConfig({ navigationBarTitleText: '短住' })
