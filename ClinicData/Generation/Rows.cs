namespace EmbedStack.ClinicData.Generation;

/// <summary>A service as a clinic's profile offers it.</summary>
internal sealed record ServiceOffer(string Name, string Category, int DurationMinutes, decimal Fee);

internal sealed record Service(int Id, string Name, string Category, int DurationMinutes, decimal Fee);

internal sealed record StaffMember(string Id, string Name, string Speciality);

/// <summary>A patient with those to whom they are assigned, the main one first.</summary>
internal sealed record Patient(long Id, string Name, short BirthYear, IReadOnlyList<StaffMember> Clinicians);

internal sealed record Assignment(long PatientId, string StaffId);

/// <summary>Starts in the clinic's local time; the fee is what was billed, 0 unless it took place.</summary>
internal sealed record Appointment(
    long Id,
    string StaffId,
    long PatientId,
    int ServiceId,
    DateTime StartsAt,
    int DurationMinutes,
    string Status,
    decimal Fee);
