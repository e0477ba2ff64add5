import type { Group } from '@countersign/idp/resources.ts';
import { Field, Input, Textarea } from '@fluentui/react-components';
import { type Control, Controller } from 'react-hook-form';

/** What a person types about a group, at its making and later. */
export type GroupValues = { displayName: string; description: string };

/** The values as the API takes them. */
export function propertiesOf(values: GroupValues): Pick<Group, 'displayName' | 'description'> {
  return { displayName: values.displayName.trim(), description: values.description.trim() || null };
}

export function GroupFields({ control }: { control: Control<GroupValues> }) {
  return (
    <>
      <Controller
        control={control}
        name="displayName"
        rules={{ validate: (value) => value.trim() !== '' || 'Enter a group name.' }}
        render={({ field, fieldState }) => (
          <Field label="Group name" validationMessage={fieldState.error?.message ?? null}>
            <Input {...field} maxLength={256} autoComplete="off" />
          </Field>
        )}
      />
      <Controller
        control={control}
        name="description"
        render={({ field, fieldState }) => (
          <Field label="Group description (Optional)" validationMessage={fieldState.error?.message ?? null}>
            <Textarea {...field} maxLength={1024} resize="vertical" />
          </Field>
        )}
      />
    </>
  );
}
