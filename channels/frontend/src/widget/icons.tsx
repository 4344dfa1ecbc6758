/** Drawn signs; they say nothing that the text beside them does not. */
function Icon({ path }: { path: string }) {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
      <path d={path} />
    </svg>
  );
}

export const ChatIcon = () => (
  <Icon path="M4 11.5a7.5 7 0 0 1 7.5-7h1a7.5 7 0 0 1 0 14H11l-4.2 2.4c-.5.3-1-.1-.9-.6l.5-3A7 7 0 0 1 4 11.5zM9 11.5h.01M12 11.5h.01M15 11.5h.01" />
);
export const CloseIcon = () => <Icon path="M6 9.5l6 6 6-6" />;
export const SendIcon = () => <Icon path="M5 12h13M12.5 6l6 6-6 6" />;
export const PersonIcon = () => (
  <Icon path="M12 11.5a3.75 3.75 0 1 0 0-7.5 3.75 3.75 0 0 0 0 7.5zM5 20c.6-3.6 3.4-5.5 7-5.5s6.4 1.9 7 5.5" />
);
export const PhoneIcon = () => (
  <Icon path="M7 4.5h2.6l1.2 3.4-1.7 1.3a10 10 0 0 0 4.7 4.7l1.3-1.7 3.4 1.2V16a2.5 2.5 0 0 1-2.7 2.5A13.5 13.5 0 0 1 4.5 7.2 2.5 2.5 0 0 1 7 4.5z" />
);
export const SparkIcon = () => (
  <Icon path="M12 4c.6 4.6 2.8 7.2 7.5 8-4.7.8-6.9 3.4-7.5 8-.6-4.6-2.8-7.2-7.5-8C9.2 11.2 11.4 8.6 12 4z" />
);
export const WaitIcon = () => <Icon path="M12 7.5V12l3 2M12 20a8 8 0 1 0 0-16 8 8 0 0 0 0 16z" />;
export const SentIcon = () => <Icon path="M5.5 12.5l4.5 4.5 8.5-9.5" />;
