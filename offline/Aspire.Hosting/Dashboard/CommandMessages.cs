using Aspire.Hosting.Dashboard.Messages;
using Message = Aspire.Hosting.Dashboard.Messages;

namespace Aspire.Hosting.Dashboard;

/// <summary>A resource's commands, and what comes of one that the dashboard runs.</summary>
internal static class CommandMessages
{
    public static ResourceCommand From(ResourceCommandSnapshot command) => new()
    {
        Name = command.Name,
        DisplayName = command.DisplayName,
        DisplayDescription = command.DisplayDescription ?? "",
        ConfirmationMessage = command.ConfirmationMessage ?? "",
        IconName = command.IconName ?? "",
        IconVariant = From(command.IconVariant ?? ApplicationModel.IconVariant.Regular),
        IsHighlighted = command.IsHighlighted,
        State = command.State switch
        {
            ResourceCommandState.Enabled => CommandState.Enabled,
            ResourceCommandState.Disabled => CommandState.Disabled,
            _ => CommandState.Hidden,
        },
    };

    public static Message.IconVariant From(ApplicationModel.IconVariant variant)
        => variant is ApplicationModel.IconVariant.Filled ? Message.IconVariant.Filled : Message.IconVariant.Regular;

    public static ResourceCommandResponse From(ExecuteCommandResult result)
    {
        var response = new ResourceCommandResponse
        {
            Kind = (result.Canceled, result.Success) switch
            {
                (true, _) => CommandOutcome.Cancelled,
                (_, true) => CommandOutcome.Succeeded,
                _ => CommandOutcome.Failed,
            },
            Message = result.Message ?? "",
        };
        if (result.Data is { } data)
        {
            response.Result = new()
            {
                Value = data.Value,
                DisplayImmediately = data.DisplayImmediately,
                Format = data.Format switch
                {
                    CommandResultFormat.Text => CommandResultKind.Text,
                    CommandResultFormat.Json => CommandResultKind.Json,
                    CommandResultFormat.Markdown => CommandResultKind.Markdown,
                    _ => CommandResultKind.None,
                },
            };
        }

        return response;
    }
}
