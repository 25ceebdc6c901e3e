INSERT INTO raw_row (words) VALUES ('路灯不亮，晚上走路看不见。');
