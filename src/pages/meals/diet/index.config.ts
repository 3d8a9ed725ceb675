export default definePageConfig({ navigationBarTitleText: '饮食忌口' })
