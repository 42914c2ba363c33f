import type { i18n, TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { Failure } from '../../../shared/contract/errors.ts';
import { errorText } from '../../i18n/error-text.ts';
import { failureOf } from '../../line/line.ts';

/** The head office's own words, where a till's would not fit: there is no basket here, and no manager beside one. */
function ownText(t: TFunction<'headoffice'>, { code, data }: Failure): string | undefined {
  switch (code) {
    case 'input.malformed':
      return t('errors.input.malformed');
    case 'session.required':
      return t('errors.session.required');
    case 'session.ended':
      return t('errors.session.ended');
    case 'session.credential_wrong':
      return t('errors.session.credential_wrong');
    case 'session.locked_out':
      return t('errors.session.locked_out', { count: Number(data['minutes']) });
    case 'permission.missing':
      return t('errors.permission.missing');
    case 'command.required':
      return t('errors.command.required');
    case 'command.conflict':
      return t('errors.command.conflict');
    case 'command.already_recorded':
      return t('errors.command.already_recorded');
    case 'operation.unknown':
      return t('errors.operation.unknown');
    case 'staff.last_manager':
      return t('errors.staff.last_manager');
    case 'rate.limited':
      return t('errors.rate.limited', { seconds: String(data['seconds']) });
    case 'headoffice.unreachable':
      return t('errors.headoffice.unreachable');
    default:
      return undefined;
  }
}

/** The words for a failure. */
export function officeErrorText(instance: i18n, failure: Failure): string {
  return ownText(instance.getFixedT(null, 'headoffice'), failure) ?? errorText(instance, failure);
}

/** The words for a failure of the contract; undefined where there is none. */
export function useFailureText(): (failure: Failure | undefined) => string | undefined {
  const { i18n: instance } = useTranslation('headoffice');
  return (failure) => (failure === undefined ? undefined : officeErrorText(instance, failure));
}

/** The words for what went wrong with an answer; undefined where nothing did. */
export function useErrorText(): (error: unknown) => string | undefined {
  const text = useFailureText();
  return (error) => text(failureOf(error));
}
