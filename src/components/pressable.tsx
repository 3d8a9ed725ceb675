/**
 * The one thing that can be touched: role, name, focus and keyboard on H5 (a real button), the same for WeChat's
 * screen reader on a view. While what it started is under way, a second tap does nothing.
 */
import { Button as WeChatButton, View } from '@tarojs/components'
import { useCallback, useRef, useState, type ReactNode } from 'react'
import { classes, isH5, spokenAttributes, type BoxLook, type Spoken } from './platform'

/** What WeChat hands over after a tap on its own phone-number button. */
export interface PhoneNumberAnswer {
  code?: string | undefined
  errMsg?: string | undefined
}

export interface PressableProps extends BoxLook {
  /** may return a promise: until it ends, further taps are ignored */
  onPress: (answer?: PhoneNumberAnswer) => void | Promise<unknown>
  /** name for screen readers, if the words inside are not enough */
  label?: string | undefined
  role?: 'button' | 'link' | 'radio' | 'checkbox' | 'switch' | 'tab'
  isDisabled?: boolean | undefined
  isBusy?: boolean | undefined
  spoken?: Omit<Spoken, 'role' | 'label' | 'isDisabled' | 'isBusy'> | undefined
  /** in WeChat: the tap asks for the verified phone number and `onPress` gets the answer */
  asksPhoneNumber?: boolean | undefined
  children?: ReactNode
}

export function Pressable({ onPress, label, role = 'button', isDisabled = false, isBusy = false, spoken, asksPhoneNumber = false, className, style, id, children }: PressableProps) {
  const underWay = useRef(false)
  const [isUnderWay, setUnderWay] = useState(false)
  const press = useCallback((answer?: PhoneNumberAnswer) => {
    if (underWay.current || isDisabled || isBusy) return
    const started = onPress(answer)
    if (!(started instanceof Promise)) return
    underWay.current = true
    setUnderWay(true)
    const end = () => { underWay.current = false; setUnderWay(false) }
    started.then(end, (error: unknown) => { end(); throw error })
  }, [onPress, isDisabled, isBusy])

  const busy = isBusy || isUnderWay
  const attributes = {
    ...spokenAttributes({ ...spoken, label, ...(isH5 && role === 'button' ? {} : { role }), ...(isDisabled ? { isDisabled } : {}), ...(busy ? { isBusy: true } : {}) }),
    className: classes('pressable', className),
    ...(style ? { style } : {}),
    ...(id ? { id } : {}),
  }
  if (isH5) return <button type="button" {...attributes} onClick={() => press()}>{children}</button>
  if (asksPhoneNumber && !isDisabled) {
    return <WeChatButton {...attributes} openType="getPhoneNumber" onGetPhoneNumber={(event) => press(event.detail)}>{children}</WeChatButton>
  }
  return <View {...attributes} hoverClass={isDisabled ? 'none' : 'pressed'} hoverStayTime={80} onClick={() => press()}>{children}</View>
}
