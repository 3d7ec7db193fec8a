// QR codes, drawn here: what stands in them is shown to nobody else.
import { encodeQR } from 'qr';
import type { SafeHtml } from './html.ts';

/** The light edge that readers look for, in modules (ISO/IEC 18004, 9.1). */
const QUIET_ZONE = 4;

/** A text as a QR code: an <svg> of one path, all digits and path letters, in the colour that CSS gives it. */
export function qrCodeHtml(text: string): SafeHtml {
  return encodeQR(text, 'svg', { ecc: 'medium', border: QUIET_ZONE }) as SafeHtml;
}
