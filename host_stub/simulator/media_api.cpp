// media/upload, media/get and their like (wechat-protocol.md 4.5).
#include "simulator/endpoint.hpp"

#include <boost/json/object.hpp>

#include <utility>

namespace simulator {
namespace {

constexpr std::size_t largest_article_picture = 1024U * 1024U;
constexpr std::chrono::minutes video_url_lifetime{10};  // UNVERIFIED: "short-lived"

Response file_answer(const Media& media, const std::string& name)
{
    return {
        .content_type = media.mime,
        .body = media.bytes,
        .disposition = "attachment; filename=\"" + name + "." + std::string{extension_of(media.mime)} + "\"",
    };
}

// The file of the form, or the errcode; the platform's reader wants a Content-Length.
UploadedFile uploaded(const Call& call)
{
    if (call.request.chunked)
        return {.errcode = 41005};
    return read_upload(call.request.content_type, call.request.body);
}

}  // namespace

Response media_upload(Call& call)
{
    const auto type = parameter(call.request.query, "type");
    const auto file = uploaded(call);
    if (file.errcode != 0)
        return answer(call, file.errcode);
    if (const auto fault = why_refused(type, file.bytes, call.platform.rules.image_bytes); fault != 0)
        return answer(call, fault);
    boost::json::object fields;
    fields["type"] = type;
    fields[type == "thumb" ? "thumb_media_id" : "media_id"] = call.platform.store(
        *call.account,
        {.type = type,
         .name = file.name,
         .mime = std::string{mime_of(file.bytes)},
         .bytes = std::string{file.bytes},
         .expires = call.now + media_lifetime}
    );
    fields["created_at"] = to_seconds(call.now).time_since_epoch().count();
    return answer(fields);
}

Response media_get(Call& call)
{
    const auto id = parameter(call.request.query, "media_id");
    if (id.empty())
        return answer(call, 41006);
    const auto* const media = Platform::media(*call.account, id, call.now);
    if (media == nullptr)
        return answer(call, 40007);
    if (media->type != "video")
        return file_answer(*media, id);
    auto copy = *media;
    copy.expires = call.now + video_url_lifetime;
    boost::json::object fields;
    fields["video_url"] =
        call.platform.public_url + "/mmbiz/video?key=" + call.platform.publish(std::move(copy));
    return answer(fields);
}

// A voice as the JS-SDK recorded it. What it would be transcoded from is not there, so its bytes are what was given.
Response media_get_jssdk(Call& call)
{
    const auto id = parameter(call.request.query, "media_id");
    if (id.empty())
        return answer(call, 41006);
    const auto* const media = Platform::media(*call.account, id, call.now);
    if (media == nullptr || media->type != "voice")
        return answer(call, 40007);
    auto response = file_answer(*media, id);
    response.content_type = "voice/speex";
    response.disposition = "attachment; filename=\"" + id + ".speex\"";
    return response;
}

// A picture for an article: kept for ever, under a URL that everybody may read.
Response media_upload_image(Call& call)
{
    const auto file = uploaded(call);
    if (file.errcode != 0)
        return answer(call, file.errcode);
    const auto mime = mime_of(file.bytes);
    if (file.bytes.empty())
        return answer(call, 44001);
    if (file.bytes.size() > largest_article_picture)
        return answer(call, 40009);
    if (mime != "image/jpeg" && mime != "image/png")
        return answer(call, 40137);
    boost::json::object fields;
    fields["url"] = call.platform.public_url + "/mmbiz/image?key="
                  + call.platform.publish({
                      .type = "image",
                      .name = file.name,
                      .mime = std::string{mime},
                      .bytes = std::string{file.bytes},
                      .expires = Moment::max(),
                  });
    return answer(fields);
}

// What video_url and uploadimg's url name: no token, and a page instead of an errcode.
Response published_file(Call& call)
{
    const auto* const file = call.platform.published(parameter(call.request.query, "key"), call.now);
    const bool video = call.request.path == "/mmbiz/video";
    if (file == nullptr || (file->type == "video") != video)
        return page(404, "404 Not Found");
    return {.content_type = file->mime, .body = file->bytes};
}

}  // namespace simulator
