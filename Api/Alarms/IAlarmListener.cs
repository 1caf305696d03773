namespace EmbedStack.Api.Alarms;

/// <summary>Is told of alarms, and must be quick about it.</summary>
internal interface IAlarmListener
{
    void Rang(Alarm alarm);
}
