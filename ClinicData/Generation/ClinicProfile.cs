namespace EmbedStack.ClinicData.Generation;

/// <summary>What makes one clinic differ from another.</summary>
/// <param name="Region">Part of the network's area.</param>
/// <param name="Clinicians">How many treat patients, at scale demo.</param>
/// <param name="Services">What is offered; each category is a speciality.</param>
internal sealed record ClinicProfile(string Region, int Clinicians, IReadOnlyList<ServiceOffer> Services)
{
    /// <summary>Share of the rostered time that people book on an ordinary day.</summary>
    public double Booked { get; init; } = 0.95;

    /// <summary>What is added to <see cref="Booked"/> by the end of the history.</summary>
    public double Trend { get; init; } = 0.01;

    /// <summary>Share of appointments to which nobody comes.</summary>
    public double NoShows { get; init; } = 0.06;

    /// <summary>What is added to <see cref="NoShows"/> by the end of the history.</summary>
    public double NoShowsTrend { get; init; }

    /// <summary>Share of appointments called off.</summary>
    public double Cancellations { get; init; } = 0.07;

    /// <summary>Share of appointments with somebody who was never there before.</summary>
    public double NewPatients { get; init; } = 0.10;

    /// <summary>How many treat patients at the least, however small the scale.</summary>
    public int FewestClinicians { get; init; } = 5;

    public bool OpenOnSaturday { get; init; }

    /// <summary>When in the history the clinic opens: 0 before it begins, 0.5 half way.</summary>
    public double OpensAt { get; init; }

    public int YoungestBirthYear { get; init; } = 2012;

    public int OldestBirthYear { get; init; } = 1938;

    /// <summary>Share of assessments that find an improvement.</summary>
    public double Improves { get; init; } = 0.68;

    /// <summary>What is added to <see cref="Improves"/> by the end of the history.</summary>
    public double ImprovesTrend { get; init; }

    /// <summary>Mean score, 1 to 10.</summary>
    public double Satisfaction { get; init; } = 8.4;

    /// <summary>What is added to <see cref="Satisfaction"/> by the end of the history.</summary>
    public double SatisfactionTrend { get; init; }

    /// <summary>The part of the history, 0 to 1, in which the clinic was rebuilt while it worked.</summary>
    public (double From, double Until) Rebuilt { get; init; }

    /// <summary>By which share the fees have risen at the end of the history.</summary>
    public double FeesTrend { get; init; } = 0.09;

    /// <summary>Share of notes, follow-ups and payments that come in time; of notes and follow-ups, at the end of the history.</summary>
    public double Punctual { get; init; } = 0.93;

    /// <summary>By how much the share of notes and follow-ups has risen at the end of the history.</summary>
    public double PunctualTrend { get; init; } = 0.10;

    /// <summary>Payers by weight: public, private, compensation, self.</summary>
    public (double Public, double Private, double Compensation, double Self) Payers { get; init; } = (4, 4, 0.5, 1.5);
}
