/** Neither printed papers nor Word can show WebP, so such a picture is sent as PNG where the browser can draw it. */
export async function printablePicture(file: File): Promise<File> {
  if (file.type !== 'image/webp' || typeof createImageBitmap !== 'function') return file;
  try {
    const bitmap = await createImageBitmap(file);
    const canvas = document.createElement('canvas');
    canvas.width = bitmap.width;
    canvas.height = bitmap.height;
    canvas.getContext('2d')?.drawImage(bitmap, 0, 0);
    bitmap.close();
    const png = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
    // A photograph grows as PNG; one that grows beyond what is taken stays as it is.
    return png && png.size <= 2 * 1024 * 1024 ? new File([png], 'picture.png', { type: 'image/png' }) : file;
  } catch {
    return file;
  }
}
