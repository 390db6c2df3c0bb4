import { File, FileArchive, FileAudio, FileImage, FileText, FileVideo } from 'lucide';
import { Icon } from '../ui/icon.tsx';
import { kindOf } from './file-facts.ts';

const icons = {
  picture: FileImage,
  video: FileVideo,
  audio: FileAudio,
  text: FileText,
  archive: FileArchive,
  document: FileText,
  other: File,
};

/** @param type as the server found it, or as the browser guesses */
export function FileIcon({ type, size = 22 }: { type: string; size?: number }) {
  return <Icon of={icons[kindOf(type)]} size={size} />;
}
