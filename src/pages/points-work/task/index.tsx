/** One task, and who claimed it. */
import { useRouter } from '@tarojs/taro'
import { TaskScreen } from '@/features/points-work/task-screen'

export default function TaskPage() {
  const { params } = useRouter()
  return <TaskScreen taskId={params['taskId'] ?? ''} />
}
