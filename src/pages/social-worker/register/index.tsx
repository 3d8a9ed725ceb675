/** Somebody new at the counter. */
import { RegisterScreen } from '@/features/people/register-screen'

export default function RegisterPage() {
  return <RegisterScreen />
}
