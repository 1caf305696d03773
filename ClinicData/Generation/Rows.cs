namespace EmbedStack.ClinicData.Generation;

/// <summary>A service as a clinic's profile offers it; of two of the same category the heavier is asked for more often.</summary>
internal sealed record ServiceOffer(string Name, string Category, int DurationMinutes, decimal Fee, double Weight = 1)
{
    /// <summary>What costs little is forgotten more easily than an operation.</summary>
    public double Missed => Math.Clamp(1.45 - ((double)Fee / 500), 0.45, 1.45);
}

/// <param name="Id">Of the clinic.</param>
/// <param name="Name">As charts show it.</param>
/// <param name="Category">The speciality.</param>
/// <param name="DurationMinutes">How long it takes.</param>
/// <param name="Fee">As listed.</param>
/// <param name="Weight">How often it is asked for.</param>
/// <param name="Missed">How often patients stay away, 1 as elsewhere in the clinic.</param>
/// <param name="Improves">Added to the share of assessments that find an improvement.</param>
internal sealed record Service(
    int Id, string Name, string Category, int DurationMinutes, decimal Fee, double Weight, double Missed, double Improves);

/// <summary>Who pays; kind is public, private, compensation or self.</summary>
internal sealed record Payer(int Id, string Name, string Kind, double Weight, int PaysFrom, int PaysUntil);

/// <summary>Kind is clinician or front_desk.</summary>
internal sealed record StaffMember(string Id, string Name, string Speciality, string Kind, DateOnly StartedOn);

/// <summary>A patient with those to whom they are assigned, the main one first.</summary>
internal sealed record Patient(
    long Id, string Name, short BirthYear, string Suburb, Payer Payer, IReadOnlyList<StaffMember> Clinicians);

/// <summary>Starts in the clinic's local time; the fee is what it costs, or would have where nobody came; 0 otherwise.</summary>
internal sealed record Appointment(
    long Id,
    StaffMember Staff,
    Patient Patient,
    Service Service,
    DateTime StartsAt,
    string Status,
    decimal Fee,
    bool IsNewPatient,
    string Channel,
    int BookedDaysAhead,
    short? NoteOnTime,
    string Room)
{
    public DateOnly Day { get; } = DateOnly.FromDateTime(StartsAt);

    public int Age => StartsAt.Year - Patient.BirthYear;

    public string AgeBand { get; } = (StartsAt.Year - Patient.BirthYear) switch
    {
        < 18 => "0-17",
        < 35 => "18-34",
        < 50 => "35-49",
        < 65 => "50-64",
        < 80 => "65-79",
        _ => "80+",
    };
}

/// <summary>Money received for an invoice.</summary>
internal readonly record struct Payment(DateOnly PaidOn, decimal Amount);

/// <summary>Of a completed appointment, with what was paid of it before the reporting day, in order.</summary>
internal sealed record Invoice(
    Appointment Appointment, DateOnly InvoicedOn, decimal Amount, IReadOnlyList<Payment> Payments, string Status)
{
    public decimal PaidAmount { get; } = Payments.Sum(payment => payment.Amount);

    public int? DaysToPay => Status == "paid" ? Payments[^1].PaidOn.DayNumber - InvoicedOn.DayNumber : null;
}

/// <summary>What an assessment after a completed appointment found; scores run from 0 to 100, more is better.</summary>
internal sealed record Outcome(
    Appointment Appointment,
    string Result,
    decimal ScoreBefore,
    decimal ScoreAfter,
    short? Satisfaction,
    bool Returned,
    bool FollowUpDue,
    bool FollowUpOnTime);

/// <summary>One clinician's rostered day and what came of it.</summary>
internal sealed record Shift(
    StaffMember Staff,
    DateOnly Day,
    int RosteredMinutes,
    int WorkedMinutes,
    int BookedMinutes,
    int ClinicalMinutes,
    int OvertimeMinutes,
    int Appointments,
    int Completed);

/// <summary>A month of one clinic: appointments, what followed from them, and who came for the first time.</summary>
internal sealed class Month
{
    public List<Patient> NewPatients { get; } = [];

    public List<Appointment> Appointments { get; } = [];

    public List<Invoice> Invoices { get; } = [];

    public List<Outcome> Outcomes { get; } = [];

    public List<Shift> Shifts { get; } = [];

    /// <summary>The people of a month from before the history: who came then comes again later.</summary>
    public Month WithoutRows()
    {
        var month = new Month();
        month.NewPatients.AddRange(NewPatients);
        return month;
    }

    public void Append(Month next)
    {
        NewPatients.AddRange(next.NewPatients);
        Appointments.AddRange(next.Appointments);
        Invoices.AddRange(next.Invoices);
        Outcomes.AddRange(next.Outcomes);
        Shifts.AddRange(next.Shifts);
    }
}
