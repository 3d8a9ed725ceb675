/** One step of an act, on a screen of its own without leaving the page: it begins at the top, and back leads to where it was begun. */
import Taro from '@tarojs/taro'
import { useEffect, type ReactNode } from 'react'
import { Screen } from './screen'

interface StepProps {
  title: string
  subtitle?: string | undefined
  onBack: () => void
  foot?: ReactNode
  children: ReactNode
}

export function Step(props: StepProps) {
  useEffect(() => { void Taro.pageScrollTo({ scrollTop: 0, duration: 0 }).catch(() => undefined) }, [])
  return <Screen {...props} />
}
