import { useTexts } from '../language/language';
import { doctorOf } from './doctor';

/** Leads whoever looks after the service to cause and fix. */
export function DoctorLink({ code }: { code: string }) {
  const texts = useTexts();
  const address = doctorOf(code);
  return (
    address && (
      <a href={address} target="_blank" rel="noreferrer" data-doctor="">
        {texts.doctor}
      </a>
    )
  );
}
