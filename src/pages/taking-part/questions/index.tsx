/** What was asked under a notice. */
import { useRouter } from '@tarojs/taro'
import { QuestionsScreen } from '@/features/taking-part/questions-screen'

export default function TakingPartQuestionsPage() {
  const { params } = useRouter()
  return <QuestionsScreen noticeId={params['noticeId'] ?? ''} elderId={params['elderId'] ?? ''} />
}
