namespace Aspire.Hosting;

/// <summary>Protocols of telemetry.</summary>
public enum OtlpProtocol
{
    /// <summary>gRPC.</summary>
    Grpc,

    /// <summary>Protobuf over HTTP.</summary>
    HttpProtobuf,

    /// <summary>JSON over HTTP.</summary>
    HttpJson,
}
