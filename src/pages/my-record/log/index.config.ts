export default definePageConfig({ navigationBarTitleText: '谁替我办了什么' })
