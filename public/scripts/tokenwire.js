// What scripts add: nothing here is needed to read or write, it only saves loading pages.
import { completeNamesAndTags } from './complete.js';
import { keepFolds } from './folds.js';
import { foldModelWritten } from './models.js';
import { showNews } from './news.js';
import { tellOfNewTopics } from './new-topics.js';
import { passkeys } from './passkeys.js';
import { pressInPlace } from './presses.js';
import { previewInPlace } from './preview.js';
import { workQueue } from './queue.js';
import { replyInPlace } from './replies.js';
import { checkWhileTyping } from './submit.js';
import { offerTimeZone } from './time-zone.js';
import { relativeTimes } from './times.js';

relativeTimes();
foldModelWritten();
keepFolds();
pressInPlace();
replyInPlace();
previewInPlace();
checkWhileTyping();
completeNamesAndTags();
passkeys();
offerTimeZone();
workQueue();
showNews();
tellOfNewTopics();
