/** A few lines for colleagues, in a dialog. */
export function NoteField(props: { name: string; value: string; onChange: (text: string) => void }) {
  return (
    <label>
      {props.name}
      <textarea
        class="field note"
        rows={3}
        maxLength={4000}
        value={props.value}
        onInput={(event) => props.onChange(event.currentTarget.value)}
      />
    </label>
  );
}
