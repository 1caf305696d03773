namespace EmbedStack.Api.Edge;

/// <summary>What the embed edge does with a request that it lets pass.</summary>
internal enum EdgeRoute
{
    /// <summary>The embedded page itself: anonymous, decided by its Referer.</summary>
    Page,

    /// <summary>Scripts, styles, images and texts that are the same for everyone.</summary>
    Asset,

    /// <summary>Reads made with a guest token.</summary>
    Read,

    /// <summary>Reads of what datasets are made of, made with a guest token; the database's side of it stays here.</summary>
    Metadata,

    /// <summary>A chart's rows, or their export by a form.</summary>
    ChartData,

    /// <summary>A page's state that is to be found again.</summary>
    MadePermalink,

    /// <summary>A page's state, by its key.</summary>
    Permalink,

    /// <summary>Has the browser forget what embedded pages keep in it.</summary>
    Forget,

    /// <summary>What the page sends without needing an answer.</summary>
    Discard,
}
