export default definePageConfig({ navigationBarTitleText: '封条' })
